import { readFileSync } from 'node:fs';
import { GitopsError } from '../../errors.ts';

export type ReadSecret = (name: string) => string | undefined;

/** A secret from the variable `NAME`, or from the file that `NAME_FILE` names. Throws `usage`, never with the secret. */
export function secretReader(env: Readonly<Record<string, string | undefined>>): ReadSecret {
  return (name) => {
    const [value, file] = [env[name] || undefined, env[`${name}_FILE`] || undefined];
    if (value !== undefined && file !== undefined) {
      throw new GitopsError('usage', `both ${name} and ${name}_FILE are set`, { hint: 'unset one of them' });
    }
    return file === undefined ? value : readSecretFile(name, file);
  };
}

/** A newline at the end is an editor's, not the secret's. */
function readSecretFile(name: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new GitopsError('usage', `${name}_FILE: cannot read ${file}`, { cause });
  }
  if (text === '') throw new GitopsError('usage', `${name}_FILE: ${file} is empty`);
  return text;
}
