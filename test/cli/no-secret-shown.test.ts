import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIAGNOSTIC_FORMATS, renderDiagnostics } from '../../src/cli/diagnostics.ts';
import { parseSpec } from '../support/spec-lines.ts';

/** Only letters that no message, key or file name holds in this order. */
const SECRET = 'qzxsecretxzq';

const value = fc.constantFrom(
  SECRET,
  `"${SECRET}"`,
  `'${SECRET} x'`,
  `|\n          ${SECRET}\n          ${SECRET}: x`,
  `>-\n          ${SECRET}`,
  `[${SECRET}, {a: ${SECRET}}]`,
  `{${SECRET}: ${SECRET}}`,
  `"${SECRET}`,
  `${SECRET}: ${SECRET}`,
  `x # ${SECRET}`,
  `"x" ${SECRET}`,
  `@${SECRET}`,
  `!!int ${SECRET}`,
  `&a ${SECRET}`,
  `{<<: ${SECRET}}`,
  `\n          - ${SECRET}`,
  `${SECRET}\n          ${SECRET}`,
  `\t${SECRET}`,
  `"\\q${SECRET}"`,
);

const line = fc.oneof(
  fc.constantFrom(
    '      port: 99999',
    '      cpu: lots',
    '      command: web',
    '      retry: [',
    '      mount: "all',
    `      # ${SECRET}`,
  ),
  value.map((text) => `      env:\n        A: ${text}\n        PORT: ${text}`),
  value.map((text) => `      env: {A: ${text}, 1B: ${text}}`),
  value.map((text) => `      token: ${text}`),
  // A map there would hold names of variables, which are no secret.
  value.filter((text) => !/^\{\w+:/.test(text)).map((text) => `      env: ${text}`),
  value.map((text) => `    pass: ${text}`),
  value.map((text) => `defaults: ${text}`),
  fc.constantFrom(
    `    build: {repository: "https://u:${SECRET}@x.org/y", ref: "https://${SECRET}@x.org"}`,
    `    build: {repository: "https://${SECRET}@x.org", image: "https://${SECRET}@y/z"}`,
    `source_url: https://u:${SECRET}@x.org`,
  ),
);

const lines = fc.array(line, { minLength: 1, maxLength: 6 });

test('no output holds a value of env, of an unknown key, a comment or a password, whatever is broken around it', () => {
  let findings = 0;
  fc.assert(
    fc.property(lines, fc.boolean(), fc.nat(), (parts, cut, where) => {
      const whole = ['components:', '  web:', '    run:', ...parts].join('\n');
      const text = cut ? whole.slice(0, where % whole.length) : whole;
      const { diagnostics } = parseSpec(text);
      findings += diagnostics.length;
      const report = { diagnostics, tools: 1, sources: new Map([['toolforge.yaml', text]]) };
      for (const format of DIAGNOSTIC_FORMATS) {
        expect(renderDiagnostics(report, { format, colour: false })).not.toContain('qzxsecret');
      }
    }),
    { numRuns: 700, seed: 17 },
  );
  expect(findings).toBeGreaterThan(700);
});
