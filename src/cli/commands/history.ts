import { toolHistory } from '../../app/history.ts';
import type { HistoryEntry } from '../../change/history.ts';
import { GitopsError } from '../../errors.ts';
import type { CommandDefinition, Invocation } from '../command.ts';
import { openConfigRepo, REPO_OPTIONS } from '../config-repo.ts';
import { ExitCode } from '../exit-code.ts';

export const historyCommand: CommandDefinition = {
  arguments: [{ name: '<tool>', description: 'whose' }],
  options: [...REPO_OPTIONS, { flags: '--limit <n>', description: 'how many entries, newest first (20)' }],
  async run(invocation) {
    const { words, out, format } = invocation;
    const [tool = ''] = words;
    const entries = await toolHistory(await openConfigRepo(invocation), tool, limitOf(invocation));
    if (format === 'json') out.print(JSON.stringify({ tool, entries: entries.map(toJson) }));
    else out.print(entries.length === 0 ? `${tool}: nothing deployed yet` : entries.map(toLine).join('\n'));
    return ExitCode.ok;
  },
};

function limitOf({ options }: Invocation): number {
  const text = options.text('limit') ?? '20';
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new GitopsError('usage', '--limit takes a number from 1 to 9999');
}

/** JSON has no `undefined`: what is not known is `null`. */
function toJson(entry: HistoryEntry): Record<string, unknown> {
  const { sourceCommit = null, who = null, when = null, commit = null } = entry;
  return { ...entry, sourceCommit, who, when, commit };
}

function toLine({ component, kind, image, sourceCommit, who, when, commit, current }: HistoryEntry): string {
  const facts = [
    current ? '*' : ' ',
    when ?? 'unknown time       ',
    component,
    kind,
    sourceCommit === undefined ? image : `${sourceCommit.slice(0, 10)} ${image}`,
    who === undefined ? '' : `by ${who}`,
    commit === undefined ? '' : `(${commit.slice(0, 10)})`,
  ];
  return facts.filter((fact) => fact !== '').join(' ');
}
