import { describe, expect, test } from 'vitest';
import { pinoLog } from '../../../src/adapters/system/pino-log.ts';
import type { LogFields } from '../../../src/ports/log.ts';

/** What one event of the log looks like. */
function logged(secrets: readonly string[], fields: LogFields): string {
  const lines: string[] = [];
  pinoLog({ secrets, write: (line) => lines.push(line) }).info('something happened', fields);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', event: 'something happened' });
  return lines[0] ?? '';
}

describe('the log', () => {
  test('leaves nothing of a secret that holds another, whichever is named first', () => {
    const secrets = ['hunter2-abc', 'hunter2-abc-and-more'];
    for (const known of [secrets, [...secrets].reverse()]) {
      const line = logged(known, { a: 'hunter2-abc-and-more', b: 'x hunter2-abc y' });
      expect(line).not.toMatch(/hunter2|and-more/);
      expect(JSON.parse(line)).toMatchObject({ a: '***', b: 'x *** y' });
    }
  });

  test('finds a secret that JSON writes otherwise', () => {
    expect(logged(['quote"and\\slash'], { a: 'quote"and\\slash' })).not.toMatch(/quote|slash/);
  });

  test('cuts deploy tokens and the user part of addresses out of errors too', () => {
    const token = `tfg_hello_${'A'.repeat(43)}`;
    const line = logged([], { error: new Error(`https://me:pw@example.org refused ${token}`) });
    expect(line).not.toMatch(/me:pw|AAAA/);
    expect(line).toContain('https://***@example.org refused tfg_***');
  });
});
