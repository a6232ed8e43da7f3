import { expect, test } from 'vitest';
import { readSchedule } from '../../src/model/schedule.ts';
import { adviseOnSchedule } from '../../src/spec/cron.ts';

test.each([
  ['every tuesday', 'has 2 fields, not five', 'did you mean "0 0 * * 2"?'],
  ['daily', 'has 1 fields, not five', 'did you mean "@daily"?'],
  ['', 'has 0 fields', 'write five fields'],
  ['0 * * * * *', 'has 6 fields', 'no field for seconds'],
  ['@reboot', 'is not known here', 'component_type: one-off'],
  ['@every 5m', 'is not known here', 'did you mean "*/5 * * * *"?'],
  ['@every 1m', 'is not known here', 'did you mean "* * * * *"?'],
  ['@every 60m', 'is not known here', 'did you mean "0 * * * *"?'],
  ['@every 6h', 'is not known here', 'did you mean "0 */6 * * *"?'],
  ['@every 7m', 'is not known here', 'known are @hourly'],
  ['@dayly', 'is not known here', 'did you mean "@daily"?'],
  ['@midnight', 'is not known here', 'did you mean "@daily"?'],
  ['@annually', 'is not known here', 'did you mean "@yearly"?'],
  ['0 0 30 2 *', 'never fires', 'days up to 28'],
  ['0 24 * * *', 'hour "24"', 'from 0 to 23'],
  ['0 22-4 * * *', 'runs backwards', 'two ranges'],
  ['*/0 * * * *', 'the step in minute "*/0"', 'at least 1'],
  ['0 0 L * *', 'day of month "L"', 'day of month takes *, 1–31'],
  ['0 0 * * FOO', 'day of week "FOO"', '0–7 or SUN–SAT'],
])('%j: %s; %s', (text, message, suggestion) => {
  const read = readSchedule(text, { tool: 'hello', component: 'job' });
  if ('cron' in read) throw new Error('accepted');
  const advice = adviseOnSchedule(text, read.mistake);
  expect(advice.message).toContain(message);
  expect(advice.suggestion).toContain(suggestion);
});

test('a text of any length makes a message of a line', () => {
  const text = 'x '.repeat(10_000);
  const read = readSchedule(text, { tool: 'hello', component: 'job' });
  if ('cron' in read) throw new Error('accepted');
  expect(adviseOnSchedule(text, read.mistake).message.length).toBeLessThan(200);
});
