import { GitopsError } from '../errors.ts';
import type { Build } from '../model/images-file.ts';
import { formatTime, parseTime } from '../model/time.ts';
import { isWebUrl } from '../model/web-url.ts';
import { isGitUrl } from '../spec/addresses.ts';
import type { Invocation, OptionDefinition } from './command.ts';

/** What is known of a build beside its image. */
export const BUILD_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--source-commit <sha>', description: 'commit that was built' },
  { flags: '--source-repository <url>', description: 'repository that was built' },
  { flags: '--ref <ref>', description: 'branch or tag that was built' },
  { flags: '--built-at <time>', description: 'when it was built, as 2026-11-24T10:00:00Z (else now)' },
  { flags: '--build-url <url>', description: 'where the log of the build is' },
];

/** Without `--built-at` the build is as new as now. Throws `usage`, never with the value: it may hold a password. */
export function buildOf({ options, deps }: Invocation): Omit<Build, 'image'> {
  const value = (name: string, flag: string, { isFine, hint }: Kind): string | undefined => {
    const text = options.text(name);
    // A CI variable that is not set arrives as an empty text.
    if (text === undefined || text === '') return undefined;
    if (isFine(text)) return text;
    throw new GitopsError('usage', `${flag} is not what it should be`, { hint });
  };
  const repository = value('sourceRepository', '--source-repository', REPOSITORY);
  const ref = value('ref', '--ref', REF);
  const commit = value('sourceCommit', '--source-commit', COMMIT);
  const url = value('buildUrl', '--build-url', WEB);
  const source = {
    ...(repository !== undefined && { repository }),
    ...(ref !== undefined && { ref }),
    ...(commit !== undefined && { commit }),
  };
  return {
    ...(Object.keys(source).length > 0 && { source }),
    built_at: builtAt(options.text('builtAt'), deps.clock.now()),
    ...(url !== undefined && { build_url: url }),
  };
}

interface Kind {
  isFine(text: string): boolean;
  readonly hint: string;
}

const REPOSITORY: Kind = {
  isFine: isGitUrl,
  hint: 'give the address of the git repository, without a user name or password in it',
};
const REF: Kind = {
  isFine: (text) => /^[^-\s\p{Cc}][^\s\p{Cc}]{0,249}$/u.test(text),
  hint: 'give the name of a branch or tag, as refs/tags/v1.4.0 or main; no git ref begins with "-"',
};
const COMMIT: Kind = {
  isFine: (text) => /^[0-9a-f]{5,64}$/i.test(text),
  hint: 'give the hex name of the commit',
};
const WEB: Kind = { isFine: isWebUrl, hint: 'give an http or https address without a user name or password' };

function builtAt(text: string | undefined, now: number): string {
  const time = text === undefined || text === '' ? now : parseTime(text);
  if (time !== undefined) return formatTime(Math.floor(time / 1000) * 1000);
  throw new GitopsError('usage', '--built-at is no time', { hint: 'write it as 2026-11-24T10:00:00Z' });
}
