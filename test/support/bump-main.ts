import { type BumpTask, runBump } from './bump-program.ts';

process.stdout.write(`${JSON.stringify(await runBump(JSON.parse(process.argv[2] ?? '{}') as BumpTask))}\n`);
