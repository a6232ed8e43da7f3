import { beforeAll, expect, test } from 'vitest';
import { registryContract } from '../../contract/registry.contract.ts';
import { pushImage } from '../../support/push-image.ts';
import { realRegistry } from '../../support/real-registry.ts';

const world = realRegistry('TFG_TEST_REGISTRY_AUTH', {
  user: 'TFG_TEST_REGISTRY_USER',
  password: 'TFG_TEST_REGISTRY_PASSWORD',
});

beforeAll(async () => {
  const login = {
    user: process.env.TFG_TEST_REGISTRY_USER ?? '',
    password: process.env.TFG_TEST_REGISTRY_PASSWORD ?? '',
  };
  const url = process.env.TFG_TEST_REGISTRY_AUTH ?? '';
  const web = { url, login, repository: 'tool-demo/web' };
  await pushImage({ ...web, tag: 'v1', salt: 'v1' });
  for (const tag of ['v2', 'latest']) await pushImage({ ...web, tag, salt: 'v2' });
  const latest = { url, login, tag: 'latest', salt: 'v1' };
  await pushImage({ ...latest, repository: 'tool-demo/worker', kind: 'docker' });
  await pushImage({ ...latest, repository: 'tool-demo/multi', kind: 'index' });
});

registryContract('a real registry with a login', () => world);

test('a real registry without the login that it wants: permission', async () => {
  const { registry, host } = realRegistry('TFG_TEST_REGISTRY_AUTH');
  const error = await registry.resolve({ host, repository: 'tool-demo/web' }).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'permission' });
});
