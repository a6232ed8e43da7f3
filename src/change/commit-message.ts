import { blastRadius, grouped } from '../model/blast-radius.ts';
import type { CommitMessage, Trailer } from '../model/change.ts';
import { oneLine, SUBJECT_MAX } from '../model/commit-message.ts';
import type { Diff } from '../model/diff.ts';
import {
  type ComponentAction,
  type ComponentChange,
  changeTrailers,
  shortBuild,
} from './component-change.ts';
import { type Reference, referenceTrailers } from './reference-trailers.ts';

const VERBS: Readonly<Record<ComponentAction, string>> = {
  deployed: 'deploy',
  waiting: 'keep back',
  'rolled-back': 'roll back',
  held: 'hold',
  unheld: 'unhold',
};
/** Between the component and the build. */
const LINKS: Readonly<Record<ComponentAction, string>> = {
  deployed: '',
  waiting: '',
  'rolled-back': 'to ',
  held: 'at ',
  unheld: 'at ',
};
const NOTES: Readonly<Record<ComponentAction, string>> = {
  deployed: 'runs',
  waiting: 'is held; waiting behind the hold:',
  'rolled-back': 'is back at',
  held: 'is held at',
  unheld: 'is no longer held; it runs',
};
/** Names of tools in the body of a publish. */
const NAMED_MAX = 50;

export interface ToolMessageInput {
  readonly tool: string;
  /** At least one. */
  readonly changes: readonly ComponentChange[];
  /** Why, in a person's words. */
  readonly reason?: string | undefined;
  /** The source commit that led to this, for Argo CD. */
  readonly reference?: Reference | undefined;
}

/** Of a bump, rollback, hold or unhold: `hello: deploy web 4f2c1ab`. */
export function toolMessage({ tool, changes, reason, reference }: ToolMessageInput): CommitMessage {
  const lines = changes.map(
    ({ component, action, build }) =>
      `${component} ${NOTES[action]} ${build.image}${fromCommit(build.source?.commit)}`,
  );
  return {
    subject: toolSubject(tool, changes),
    body: [
      ...(reason === undefined ? [] : [`Reason given: ${withoutReferences(oneLine(reason))}`, '']),
      ...lines,
    ].join('\n'),
    trailers: [...changeTrailers(tool, changes), ...(reference ? referenceTrailers(reference) : [])],
  };
}

/** Of anything else done to one tool: `hello: fetch the spec`. */
export function plainToolMessage(tool: string, what: string, body?: string): CommitMessage {
  return {
    subject: shortened(`${tool}: ${oneLine(what)}`),
    ...(body !== undefined && { body: withoutReferences(body) }),
    trailers: [{ key: 'Tool', value: tool }],
  };
}

/** Of a publish: `publish: 12 tools change`, with the blast radius and the tools' names in its body. */
export function publishMessage(diff: Diff): CommitMessage {
  const { changed, deleted } = diff.tools;
  const parts = [
    ...(changed.length > 0 || deleted.length === 0 ? [`${counted(changed.length)} change`] : []),
    ...(deleted.length > 0 ? [`${counted(deleted.length)} deleted`] : []),
  ];
  const lists = [...listed('Changed', changed), ...listed('Deleted', deleted)];
  const only = [...changed, ...deleted];
  const trailers: Trailer[] = only.length === 1 ? [{ key: 'Tool', value: only[0] as string }] : [];
  return {
    subject: shortened(`publish: ${parts.join(', ').replace(/^1 tool change\b/, '1 tool changes')}`),
    body: [`${blastRadius(diff)}.`, ...lists].join('\n'),
    trailers,
  };
}

/** The subject of a commit that did this to a tool, within what Argo CD shows; what is kept back beside a deploy is for the body. */
export function toolSubject(tool: string, changes: readonly ComponentChange[]): string {
  const deployed = changes.filter(({ action }) => action === 'deployed');
  const told = deployed.length > 0 ? deployed : changes;
  const action = told[0]?.action ?? 'deployed';
  const names = told.map(({ component }) => component).join(', ');
  const builds = [...new Set(told.map(({ build }) => shortBuild(build)))];
  const tail = builds.length === 1 ? ` ${LINKS[action]}${builds[0]}` : '';
  const choices = [`${names}${tail}`, `${told.length} components${tail}`, names].map(
    (what) => `${tool}: ${VERBS[action]} ${what}`,
  );
  return shortened(choices.find((choice) => choice.length <= SUBJECT_MAX) ?? (choices[0] as string));
}

/** Cut to what Argo CD shows, never between the halves of a character. */
export function shortened(subject: string): string {
  if (subject.length <= SUBJECT_MAX) return subject;
  return `${subject
    .slice(0, SUBJECT_MAX - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}

export function counted(tools: number): string {
  return tools === 1 ? '1 tool' : `${grouped(tools)} tools`;
}

/** Git hosts close issues and notify people for what a commit's message names: a person's words must do neither. */
function withoutReferences(text: string): string {
  return text.replace(/([#!])(?=\d)/g, '$1 ').replace(/@(?=[\w-])/g, '@ ');
}

function fromCommit(commit: string | undefined): string {
  return commit === undefined ? '' : ` from source commit ${commit}`;
}

function listed(title: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : '';
  return ['', `${title} tools: ${names.slice(0, NAMED_MAX).join(', ')}${more}`];
}
