import type { Trailer } from '../model/change.ts';
import { parseImageRef } from '../model/image-ref.ts';
import type { Build } from '../model/images-file.ts';

/** What a commit did to a component; kept as its trailers, read back by `history`. */
export interface ComponentChange {
  readonly component: string;
  readonly action: ComponentAction;
  /** What the component runs after the change; for `waiting` the build that the hold keeps back. */
  readonly build: Build;
  /** On whose behalf, where that is not the commit's author. */
  readonly by?: string | undefined;
}

export const COMPONENT_ACTIONS = ['deployed', 'waiting', 'rolled-back', 'held', 'unheld'] as const;
export type ComponentAction = (typeof COMPONENT_ACTIONS)[number];

/** A change as read back from trailers. */
export interface RecordedChange {
  readonly tool: string;
  readonly component: string;
  readonly action: ComponentAction;
  readonly image: string;
  readonly sourceCommit: string | undefined;
  readonly by: string | undefined;
}

/** `Tool:` stands once, then for each component a group that `Component:` opens. */
export function changeTrailers(tool: string, changes: readonly ComponentChange[]): readonly Trailer[] {
  return [{ key: 'Tool', value: tool }, ...changes.flatMap(componentTrailers)];
}

function componentTrailers({ component, action, build, by }: ComponentChange): readonly Trailer[] {
  const commit = build.source?.commit;
  return [
    { key: 'Component', value: component },
    { key: 'Image', value: build.image },
    ...(commit === undefined ? [] : [{ key: 'Source-Commit', value: commit }]),
    { key: 'Action', value: action },
    ...(by === undefined ? [] : [{ key: 'Requested-By', value: by }]),
  ];
}

/** The changes that a commit's trailers tell of; a group without an image, as others may write it, is passed over. */
export function recordedChanges(trailers: readonly Trailer[]): readonly RecordedChange[] {
  const groups: { tool: string; component: string; values: Map<string, string> }[] = [];
  let tool = '';
  for (const { key, value } of trailers) {
    const name = key.toLowerCase();
    if (name === 'tool') tool = value;
    else if (name === 'component') groups.push({ tool, component: value, values: new Map() });
    else groups.at(-1)?.values.set(name, value);
  }
  return groups.flatMap(({ values, ...names }) => {
    const image = values.get('image');
    const action = COMPONENT_ACTIONS.find((one) => one === (values.get('action') ?? 'deployed'));
    if (image === undefined || action === undefined) return [];
    const [sourceCommit, by] = [values.get('source-commit'), values.get('requested-by')];
    return [{ ...names, action, image, sourceCommit, by }];
  });
}

/** A build in a few characters: its source commit, else its digest. */
export function shortBuild({ image, source }: Build): string {
  const commit = source?.commit;
  if (commit !== undefined && /^[0-9a-f]{7,64}$/.test(commit)) return commit.slice(0, 7);
  return parseImageRef(image)?.digest?.slice(0, 'sha256:'.length + 7) ?? 'a new image';
}
