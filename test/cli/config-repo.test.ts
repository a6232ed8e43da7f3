import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RemoteWorld, remoteWorld } from '../support/remote-world.ts';
import { configFiles, imagesYaml, WEB } from '../support/specs.ts';

let world: RemoteWorld;
beforeEach(() => {
  world = remoteWorld({
    ...configFiles({ alpha: WEB }),
    'tools-config/alpha/images.yaml': imagesYaml('alpha', ['web']),
  });
});
afterEach(() => world.close());

const hold = (env: Readonly<Record<string, string>>) => world.run(['hold', 'alpha', 'web'], { env });
const lastCommit = () =>
  world.sandbox.git(['-C', world.remote, 'log', '-1', '--format=%an <%ae>%n%B', 'main']);

// CI sets a variable that it does not know to nothing.
describe('a variable that is set to nothing', () => {
  test('TFG_BRANCH: main', async () => {
    expect(await hold({ TFG_BRANCH: '' })).toMatchObject({ code: 0, stderr: '' });
  });

  test('TFG_REPO without a platform.yaml: asks which repo', async () => {
    const { code, stderr } = await hold({ TFG_REPO: '' });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('which config repo?'),
    });
  });

  test('TFG_ACTOR, the users of CI, and the name of the bot', async () => {
    const none = { TFG_ACTOR: '', GITEA_ACTOR: '', GITHUB_ACTOR: 'bob', TFG_BOT_NAME: '', TFG_BOT_EMAIL: '' };
    expect(await hold(none)).toMatchObject({ code: 0 });
    expect(lastCommit()).toContain('Requested-By: bob');
    expect(lastCommit()).toContain('toolforge-gitops <toolforge-gitops@noreply.invalid>');
  });
});
