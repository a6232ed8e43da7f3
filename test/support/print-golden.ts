// Prints all that the golden files hold, for a run of its own in another environment.
import { goldenFiles } from './golden.ts';

process.stdout.write(JSON.stringify([...goldenFiles()]));
