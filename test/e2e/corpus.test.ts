import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { remoteWorld } from '../support/remote-world.ts';
import { configFiles, platformYaml, someDigest } from '../support/specs.ts';

interface Expected {
  readonly accept: boolean;
  readonly tool: string;
  readonly components: Readonly<Record<string, string>>;
}

const CORPUS = new URL('../../../shared/corpus/', import.meta.url);
const expectations = new URL('expect.json', CORPUS);

describe('real specs go the whole way', () => {
  if (!existsSync(expectations)) {
    test('are not here to be read', () => {
      process.stdout.write('../shared/corpus is absent: real specs are not deployed\n');
      expect(existsSync(expectations)).toBe(false);
    });
    return;
  }
  const all: Readonly<Record<string, Expected>> = JSON.parse(readFileSync(expectations, 'utf8'));
  const accepted = Object.entries(all).filter(([, { accept }]) => accept);

  test.each(accepted)('%s', async (file, { tool, components }) => {
    const text = readFileSync(new URL(`toolforge-yaml/${file}`, CORPUS), 'utf8');
    const world = remoteWorld(configFiles({ [tool]: text }, platformYaml()));
    try {
      const known = (await world.json(['publish'])).value;
      expect(known.commit).toBe(world.head());
      const built = Object.keys(components).filter((name) => !reuses(text, name));
      const images = built.map((name) => `${name}=${someDigest('a')}`);
      const bumped = await world.json(['bump', tool, ...images]);
      expect(bumped).toMatchObject({ code: 0, value: { outcome: 'deployed' } });
      for (const name of Object.keys(components)) {
        expect(world.show(`manifests-out/tools/${tool}/${name}.yaml`)).toContain(someDigest('a'));
      }
      expect(await world.json(['publish'])).toMatchObject({ code: 0, value: { commit: null, files: [] } });
    } finally {
      world.close();
    }
  });
});

/** Whether a component of the text, which is known to be right, reuses another's build. */
function reuses(text: string, component: string): boolean {
  const from = text.search(new RegExp(`^ +${component}: *$`, 'm'));
  return /^[^\n]*\n(?: *#.*\n)*(?: +component_type.*\n)? +build:\s+reuse_from/.test(
    text.slice(from).replace(/^ +/, ''),
  );
}
