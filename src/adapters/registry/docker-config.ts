import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitopsError } from '../../errors.ts';

/** The file in which Docker, podman and skopeo keep logins. */
export interface DockerConfigFile {
  readonly path: string;
  readonly text: string;
}

/** `undefined`: there is none. Throws `filesystem` for one that cannot be read. */
export function readDockerConfigFile(folder: string): DockerConfigFile | undefined {
  const path = join(folder, 'config.json');
  try {
    return { path, text: readFileSync(path, 'utf8') };
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new GitopsError('filesystem', `cannot read the Docker config file ${path}: ${code}`, {
      hint: 'let the user that runs this read it, or name another folder in DOCKER_CONFIG',
      cause,
    });
  }
}
