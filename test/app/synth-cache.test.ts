import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hashOf,
  inputHash,
  type KeptCache,
  keepLesson,
  keptCache,
  readCache,
} from '../../src/app/synth-cache.ts';
import { memoryCache } from '../support/memory-cache.ts';

const rendered = (letter: string) => ({
  inputs: letter,
  outputs: letter,
  paths: [`manifests-out/${letter}`],
  uid: 7,
  awaiting: [],
});
const place = (build = 'p', cache = memoryCache()) => ({ cache, name: 'synth', build: () => build });
const NONE_GONE = { isGone: () => false };

function kept(names: readonly string[], at = place()): KeptCache {
  keepLesson(at, {
    kept: keptCache(at, 'shards: 1\n'),
    learned: names.map((name) => [name, rendered(name)]),
    ...NONE_GONE,
  });
  return keptCache(at, 'shards: 1\n');
}

describe('the cache of a synth', () => {
  test('is read as it was kept', () => {
    expect([...readCache(kept(['a', 'b']))]).toEqual([
      ['a', rendered('a')],
      ['b', rendered('b')],
    ]);
  });

  test('is of use to the same program and platform alone', () => {
    const at = place();
    kept(['a'], at);
    expect(readCache(keptCache(at, 'shards: 1\n')).size).toBe(1);
    expect(readCache(keptCache(at, 'shards: 2\n')).size).toBe(0);
    expect(readCache(keptCache(at, undefined)).size).toBe(0);
    expect(readCache(keptCache({ ...at, build: () => 'q' }, 'shards: 1\n')).size).toBe(0);
  });

  test.each(['', 'x', '{}', 'null', '[1]', '[["a"'])('takes nothing of %j', (text) => {
    const { head } = kept(['a']);
    expect(readCache({ head, text }).size).toBe(0);
    expect(readCache({ head, text: head + text }).size).toBe(0);
  });

  test('takes nothing of one that is not as it was written', () => {
    const whole = kept(['a', 'b']);
    const text = whole.text ?? '';
    for (let at = 0; at < text.length; at += 7) {
      const damaged = `${text.slice(0, at)}${text[at] === '"' ? '_' : '"'}${text.slice(at + 1)}`;
      expect(readCache({ ...whole, text: damaged }).size).toBe(0);
    }
    expect(readCache({ ...whole, text: text.slice(0, -1) }).size).toBe(0);
    expect(readCache({ ...whole }).size).toBe(2);
  });

  test('keeps what was known, but for what is gone, and what was learned in its place', () => {
    const at = place();
    const before = kept(['a', 'b', 'c'], at);
    keepLesson(at, { kept: before, learned: [['b', rendered('z')]], isGone: (name) => name === 'c' });
    expect([...readCache(keptCache(at, 'shards: 1\n'))]).toEqual([
      ['a', rendered('a')],
      ['b', rendered('z')],
    ]);
  });

  test('is not written again when nothing is new', () => {
    const cache = memoryCache();
    const at = place('p', cache);
    const before = kept(['a'], at);
    cache.write('synth', 'still as it was');
    keepLesson(at, { kept: before, learned: [], ...NONE_GONE });
    expect(cache.read('synth')).toBe('still as it was');
  });
});

describe('a hash of texts', () => {
  const texts = fc.array(
    fc.option(fc.string({ unit: fc.constantFrom('-', ':', '1', 'a', '0') }), { nil: undefined }),
    {
      maxLength: 4,
    },
  );

  test('differs where they do', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        expect(hashOf(one) === hashOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  test('tells the files of a tool apart', () => {
    const source = (text: string) => ({ file: 'f', text });
    const hashes = [
      { spec: source('a') },
      { spec: source('a'), tenant: source('b') },
      { spec: source('a'), images: source('b') },
      { spec: source('a'), fetched: source('b') },
      { spec: source('b') },
    ].map((sources) => inputHash({ name: 'hello', ...sources }));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
