import { describe, expect, test } from 'vitest';
import { noticeOf } from '../../constructs/tool-notice.ts';
import type { Hold } from '../../src/model/images-file.ts';
import type { ComponentName } from '../../src/model/names.ts';
import { someComponent, someImage } from '../support/resolved-tool.ts';

const held = (name: string, hold: Hold) =>
  someComponent(name, { image: someImage(`tool-hello/${name}`, { hold }) });
const unbuilt = (name: string) => someComponent(name, { image: undefined });

describe('noticeOf', () => {
  test.each([
    { name: 'nothing to say', components: [someComponent('web')], expected: undefined },
    {
      name: 'a hold',
      components: [held('web', { by: 'alice', reason: 'bad release', until: '2026-12-01T00:00:00Z' })],
      expected: {
        content: 'web is held by alice: bad release (until 2026-12-01T00:00:00Z)',
        severity: 'warning',
      },
    },
    {
      name: 'missing builds',
      components: [unbuilt('bot'), unbuilt('web')],
      expected: { content: 'awaiting the first build: bot, web', severity: 'info' },
    },
    {
      name: 'both',
      components: [held('web', { by: 'alice' }), unbuilt('bot')],
      expected: { content: 'web is held by alice; awaiting the first build: bot', severity: 'warning' },
    },
    {
      name: 'no component that follows another',
      components: [{ ...unbuilt('job'), buildOf: 'web' as ComponentName }, unbuilt('web')],
      expected: { content: 'awaiting the first build: web', severity: 'info' },
    },
    {
      name: 'one line, whatever was typed',
      components: [held('web', { by: 'a\r\nb', reason: ' x\n\n---\u2028y\u0000\u0085\tz \u202e' })],
      expected: { content: 'web is held by a b: x --- y z', severity: 'warning' },
    },
  ])('$name', ({ components, expected }) => {
    expect(noticeOf(components)).toEqual(expected);
  });

  test('is no longer than Argo CD shows, and cuts no character in two', () => {
    const content = noticeOf(
      Array.from({ length: 20 }, (_, index) =>
        held(`web-${index}`, { by: 'alice', reason: '😀'.repeat(300) }),
      ),
    )?.content;
    expect([...(content ?? '')]).toHaveLength(500);
    expect(content).not.toMatch(/\p{Cs}/u);
  });
});
