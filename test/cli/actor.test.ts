import { expect, test } from 'vitest';
import { Options } from '../../src/cli/command.ts';
import { actorOf } from '../../src/cli/config-repo.ts';

const LOGIN = { LOGNAME: 'logname', USER: 'user' };

test.each<{ env: Record<string, string>; by?: string; account?: string; expected: string }>([
  { by: 'me', env: { TFG_ACTOR: 'actor', ...LOGIN }, expected: 'me' },
  { env: { TFG_ACTOR: 'actor', GITHUB_ACTOR: 'ci', ...LOGIN }, expected: 'actor' },
  { env: { GITEA_ACTOR: 'ci', ...LOGIN }, expected: 'ci' },
  { env: LOGIN, account: 'account', expected: 'logname' },
  { env: { LOGNAME: '', USER: 'user' }, account: 'account', expected: 'user' },
  { env: {}, account: 'account', expected: 'account' },
  { env: {}, expected: 'unknown' },
])('$env, --by $by, account $account: $expected', ({ env, by, account, expected }) => {
  const options = new Options(by === undefined ? {} : { by });
  expect(actorOf({ options, deps: { env, userName: () => account } })).toBe(expected);
});
