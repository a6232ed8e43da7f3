import { execFileSync } from 'node:child_process';

/** The tests run the program as users do, so the bundle must be of this source. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
