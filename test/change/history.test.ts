import { describe, expect, test } from 'vitest';
import { toolMessage } from '../../src/change/commit-message.ts';
import type { ComponentChange } from '../../src/change/component-change.ts';
import { history, type LoggedCommit } from '../../src/change/history.ts';
import { formatMessage } from '../../src/model/commit-message.ts';
import { build, imageOf } from './builds.ts';

const bot = { name: 'deploy-bot', email: 'bot@example.org' };

function logged(
  commit: string,
  hour: number,
  tool: string,
  ...changes: readonly ComponentChange[]
): LoggedCommit {
  const message = formatMessage(toolMessage({ tool, changes }));
  return { commit, message, author: bot, date: `2026-11-24T${String(hour).padStart(2, '0')}:30:00Z` };
}

const sourced = { ...build('b', 9), source: { commit: '4f2c1ab' } };
const images = {
  components: {
    web: { ...sourced, previous: [build('c', 10), build('a', 8)] },
    worker: build('d'),
  },
};

describe('history', () => {
  const entries = history('hello', {
    images,
    commits: [
      logged('c3', 11, 'hello', { component: 'web', action: 'rolled-back', build: sourced, by: 'alice' }),
      logged('c2', 10, 'hello', { component: 'web', action: 'deployed', build: build('c', 10) }),
      logged('c1', 9, 'hello', { component: 'web', action: 'deployed', build: sourced }),
      logged('c0', 9, 'other', { component: 'web', action: 'deployed', build: build('e') }),
      { commit: 'c', message: 'by hand\n\nno trailers\n', author: bot, date: '2026-11-24T07:00:00Z' },
    ],
  });

  test('merges commits and images.yaml, newest first, of this tool alone', () => {
    expect(entries.map(({ component, kind, image, commit }) => [component, kind, image, commit])).toEqual([
      ['web', 'rolled-back', imageOf('b'), 'c3'],
      ['web', 'deployed', imageOf('c'), 'c2'],
      ['web', 'deployed', imageOf('b'), 'c1'],
      ['web', 'deployed', imageOf('a'), undefined],
      ['worker', 'deployed', imageOf('d'), undefined],
    ]);
  });

  test('says who, when and from what, as far as that is known', () => {
    expect(entries[0]).toMatchObject({
      who: 'alice',
      when: '2026-11-24T11:30:00Z',
      sourceCommit: '4f2c1ab',
      current: true,
    });
    expect(entries[1]).toMatchObject({ who: 'deploy-bot', sourceCommit: undefined, current: false });
    expect(entries[2]).toMatchObject({ image: imageOf('b'), current: false });
    expect(entries[3]).toMatchObject({ who: undefined, when: '2026-11-24T08:00:00Z', current: false });
    expect(entries[4]).toMatchObject({ who: undefined, when: undefined, current: true });
  });

  test('of a commit that others share, takes its own part', () => {
    const both = logged('c', 9, 'other', { component: 'web', action: 'deployed', build: build('e') });
    const own = formatMessage(
      toolMessage({ tool: 'hello', changes: [{ component: 'web', action: 'held', build: sourced }] }),
    );
    const message = `${both.message}${own.slice(own.indexOf('Tool: '))}`;
    const found = history('hello', { images: { components: {} }, commits: [{ ...both, message }] });
    expect(found).toMatchObject([{ component: 'web', kind: 'held', image: imageOf('b') }]);
  });

  test('of a tool never deployed there is none', () => {
    expect(history('hello', { images: { components: {} }, commits: [] })).toEqual([]);
  });
});
