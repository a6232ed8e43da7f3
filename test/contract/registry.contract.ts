import { describe, expect, test } from 'vitest';
import type { GitopsError } from '../../src/errors.ts';
import { isDigest } from '../../src/model/image-ref.ts';
import type { Registry } from '../../src/ports/registry.ts';

export interface RegistryWorld {
  readonly registry: Registry;
  readonly host: string;
}

/** What every Registry does with tool-demo/web (v1; v2 = latest), tool-demo/worker (v1) and tool-demo/multi (v1). */
export function registryContract(name: string, world: () => RegistryWorld): void {
  const resolve = (repository: string, more: { tag?: string; digest?: string } = {}): Promise<string> => {
    const { registry, host } = world();
    return registry.resolve({ host, repository, ...more });
  };

  describe(`Registry: ${name}`, () => {
    test('the digest of a tag, latest without one', async () => {
      const [v1, v2] = [
        await resolve('tool-demo/web', { tag: 'v1' }),
        await resolve('tool-demo/web', { tag: 'v2' }),
      ];
      expect([v1, v2].every(isDigest)).toBe(true);
      expect(v1).not.toBe(v2);
      expect(await resolve('tool-demo/web')).toBe(v2);
    });

    test.each(['tool-demo/worker', 'tool-demo/multi'])('other kinds of manifests: %s', async (repository) => {
      expect(isDigest(await resolve(repository))).toBe(true);
    });

    test('a digest that is there is confirmed, whatever the tag says', async () => {
      const digest = await resolve('tool-demo/web', { tag: 'v1' });
      expect(await resolve('tool-demo/web', { digest })).toBe(digest);
      expect(await resolve('tool-demo/web', { tag: 'v2', digest })).toBe(digest);
    });

    test.each([
      ['a tag', 'tool-demo/web', { tag: 'none' }],
      ['a digest', 'tool-demo/web', { digest: `sha256:${'0'.repeat(64)}` }],
      ['a repository', 'tool-demo/none', { tag: 'v1' }],
    ])('%s that is not there is gone', async (_, repository, more) => {
      const error = await resolve(repository, more).catch((thrown: GitopsError) => thrown);
      expect(error).toMatchObject({ code: 'image-gone', hint: expect.any(String) });
    });
  });
}
