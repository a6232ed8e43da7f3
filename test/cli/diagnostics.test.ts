import { describe, expect, test } from 'vitest';
import { renderGithub } from '../../src/cli/diagnostics-github.ts';
import { renderJson } from '../../src/cli/diagnostics-json.ts';
import { renderSarif } from '../../src/cli/diagnostics-sarif.ts';
import { renderText } from '../../src/cli/diagnostics-text.ts';
import type { Diagnostic } from '../../src/spec/diagnostic.ts';
import type { Report } from '../../src/spec/report.ts';

const FILE = 'tools-config/hello/toolforge.yaml';
const TEXT = 'components:\n  web:\n    run: {command: web, port: 99999, mem: s3cret} # s3cret\n';

function diagnostic(part: Partial<Diagnostic>): Diagnostic {
  const place = { line: 3, column: 31, endLine: 3, endColumn: 36 };
  return {
    ...{ file: FILE, ...place, severity: 'error', code: 'TFG104', path: 'components.web.run.port' },
    message: '`port` must be a whole number from 1 to 65535, not 99999',
    suggestion: undefined,
    ...part,
  };
}

const UNKNOWN = diagnostic({
  ...{ column: 38, endColumn: 41, severity: 'warning', code: 'TFG106', path: 'components.web.run.mem' },
  message: 'unknown key `mem`',
  suggestion: 'did you mean `memory`?',
});

function report(diagnostics: readonly Diagnostic[], tools = 1): Report {
  return { diagnostics, tools, sources: new Map([[FILE, TEXT]]) };
}

describe('text', () => {
  test('shows the line, the place and what to do', () => {
    expect(renderText(report([UNKNOWN, diagnostic({})]), { colour: false })).toBe(`\
error[TFG104]: \`port\` must be a whole number from 1 to 65535, not 99999
 --> ${FILE}:3:31
  |
3 |     run: {command: web, port: 99999, mem: …} …
  |                               ^^^^^

warning[TFG106]: unknown key \`mem\`
 --> ${FILE}:3:38
  |
3 |     run: {command: web, port: 99999, mem: …} …
  |                                      ^^^
  = help: did you mean \`memory\`?

1 tool checked: 1 error and 1 warning
`);
  });

  test.each([
    ['nothing', [], 3500, '3500 tools checked: no problems found\n'],
    [
      'a file without its text',
      [diagnostic({ file: 'x.yaml', line: 120 })],
      1,
      'error[TFG104]: `port` must be a whole number from 1 to 65535, not 99999\n   --> x.yaml:120:31\n\n1 tool checked: 1 error\n',
    ],
    [
      'a message that would steer the terminal',
      [diagnostic({ file: 'x', message: 'a\u001b[2Jb\nc' })],
      2,
      'error[TFG104]: a�[2Jb�c\n --> x:3:31\n\n2 tools checked: 1 error\n',
    ],
  ])('%s', (_, diagnostics, tools, text) => {
    expect(renderText(report(diagnostics, tools), { colour: false })).toBe(text);
  });

  test('colour only when told, and without it the same text', () => {
    const plain = renderText(report([UNKNOWN, diagnostic({})]), { colour: false });
    const coloured = renderText(report([UNKNOWN, diagnostic({})]), { colour: true });
    const esc = String.fromCharCode(27);
    expect(plain).not.toContain(esc);
    expect(coloured).toContain(`${esc}[1;31merror[TFG104]${esc}[0m`);
    expect(coloured.replaceAll(new RegExp(`${esc}\\[[0-9;]*m`, 'g'), '')).toBe(plain);
  });
});

test('JSON has exactly the fields of its contract', () => {
  const text = renderJson(report([UNKNOWN, diagnostic({})], 7));
  expect(JSON.parse(text)).toEqual({
    diagnostics: [
      {
        ...{ file: FILE, line: 3, column: 31, endLine: 3, endColumn: 36, severity: 'error', code: 'TFG104' },
        message: '`port` must be a whole number from 1 to 65535, not 99999',
        path: 'components.web.run.port',
        suggestion: null,
      },
      {
        ...{
          file: FILE,
          line: 3,
          column: 38,
          endLine: 3,
          endColumn: 41,
          severity: 'warning',
          code: 'TFG106',
        },
        message: 'unknown key `mem`',
        path: 'components.web.run.mem',
        suggestion: 'did you mean `memory`?',
      },
    ],
    tools: 7,
    errors: 1,
    warnings: 1,
  });
  expect(Object.keys(JSON.parse(text))).toEqual(['diagnostics', 'tools', 'errors', 'warnings']);
});

test('order follows files and places, not the order in which rules ran', () => {
  const found = ['b', 'a'].flatMap((file) => [5, 4].map((line) => diagnostic({ file, line, endLine: line })));
  const { diagnostics } = JSON.parse(renderJson(report(found))) as { diagnostics: Diagnostic[] };
  expect(diagnostics.map(({ file, line }) => file + line)).toEqual(['a4', 'a5', 'b4', 'b5']);
});

describe('workflow commands', () => {
  test.each([
    [
      UNKNOWN,
      `::warning file=${FILE},line=3,endLine=3,col=38,endColumn=40,title=TFG106::unknown key \`mem\`%0Adid you mean \`memory\`?\n`,
    ],
    [
      diagnostic({ endLine: 4, message: 'a' }),
      `::error file=${FILE},line=3,endLine=4,col=31,title=TFG104::a\n`,
    ],
    [
      diagnostic({ file: 'a:b,c%\r\n.yaml', message: '100%\r\n::stop::' }),
      '::error file=a%3Ab%2Cc%25%0D%0A.yaml,line=3,endLine=3,col=31,endColumn=35,title=TFG104::100%25%0D%0A::stop::\n',
    ],
  ])('%#', (each, line) => {
    expect(renderGithub(report([each]))).toBe(line);
  });

  test('nothing found is no output', () => {
    expect(renderGithub(report([]))).toBe('');
  });
});

describe('SARIF', () => {
  test('a result has its rule, level, message and place', () => {
    const log = JSON.parse(renderSarif(report([UNKNOWN, diagnostic({ file: 'a b:c/ü.yaml' })])));
    expect([log.version, log.runs.length, log.runs[0].columnKind]).toEqual(['2.1.0', 1, 'utf16CodeUnits']);
    expect(log.runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['TFG104', 'TFG106']);
    expect(log.runs[0].results[0]).toEqual({
      ...{ ruleId: 'TFG104', ruleIndex: 0, level: 'error' },
      message: { text: '`port` must be a whole number from 1 to 65535, not 99999' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b%3Ac/%C3%BC.yaml' },
            region: { startLine: 3, startColumn: 31, endLine: 3, endColumn: 36 },
          },
          logicalLocations: [{ fullyQualifiedName: 'components.web.run.port' }],
        },
      ],
    });
    expect(log.runs[0].results[1]).toMatchObject({
      ...{ ruleId: 'TFG106', ruleIndex: 1, level: 'warning' },
      message: { text: 'unknown key `mem`\ndid you mean `memory`?' },
    });
  });

  test('nothing found is a run without results', () => {
    expect(JSON.parse(renderSarif(report([]))).runs[0].results).toEqual([]);
  });
});
