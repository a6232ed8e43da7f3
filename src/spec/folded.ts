import type { Diagnostic, Draft } from './diagnostic.ts';
import { isError } from './diagnostic.ts';

/** Misplaced keys that a suggestion names. */
const NAMED_MAX = 4;

/**
 * One diagnostic for one mistake: a key that is missing and an unknown key that was meant to be it are told together, and
 * so are keys that stand beside the map they belong in, and several findings that one missing key explains.
 */
export function folded(drafts: readonly Draft[]): readonly Diagnostic[] {
  if (!drafts.some(({ lacks }) => lacks !== undefined)) return drafts.map(final);
  const folder = new Folder(drafts);
  const told = new Map<Draft, Draft | undefined>();
  // A warning never stands in for an error.
  for (const draft of drafts.filter(isError)) folder.tell(draft, told);
  for (const draft of drafts.filter((each) => !isError(each))) folder.tell(draft, told);
  return drafts.flatMap((draft) => {
    const kept = told.has(draft) ? told.get(draft) : draft;
    return kept === undefined || folder.absorbed.has(draft) ? [] : [final(kept)];
  });
}

function final({ lacks: _, meant: __, ...diagnostic }: Draft): Diagnostic {
  return diagnostic;
}

class Folder {
  readonly absorbed = new Set<Draft>();
  readonly #unknown: ReadonlyMap<string, Draft>;
  readonly #below: ReadonlyMap<string, readonly Draft[]>;
  readonly #told = new Set<string>();

  constructor(drafts: readonly Draft[]) {
    const unknown = new Map<string, Draft>();
    const below = new Map<string, Draft[]>();
    for (const draft of drafts) {
      if (draft.meant === undefined) continue;
      const place = placeOf(draft.file, draft.meant.path);
      if (!unknown.has(place)) unknown.set(place, draft);
      const parent = placeOf(draft.file, parentOf(draft.meant.path));
      const siblings = below.get(parent);
      if (siblings === undefined) below.set(parent, [draft]);
      else siblings.push(draft);
    }
    this.#unknown = unknown;
    this.#below = below;
  }

  /** Decides what becomes of a draft about a missing key. */
  tell(draft: Draft, told: Map<Draft, Draft | undefined>): void {
    if (draft.lacks === undefined) return;
    const places = draft.lacks.map((path) => placeOf(draft.file, path));
    if (places.some((place) => this.#told.has(place))) {
      told.set(draft, undefined);
      return;
    }
    const match = this.#matchOf(places);
    // Where several keys would do and none of them was meant, the next finding may have another remedy.
    if (match !== undefined || places.length === 1) for (const place of places) this.#told.add(place);
    if (match === undefined) return;
    told.set(draft, isError(draft) ? this.#joined(draft, match) : undefined);
  }

  #matchOf(places: readonly string[]): readonly Draft[] | undefined {
    for (const place of places) {
      const same = this.#unknown.get(place);
      if (same !== undefined) return [same];
      const below = this.#below.get(place);
      if (below !== undefined) return below;
    }
    return undefined;
  }

  #joined(draft: Draft, match: readonly Draft[]): Draft {
    for (const each of match) this.absorbed.add(each);
    const [first] = match as [Draft];
    const { meant } = first;
    const beside = draft.lacks?.includes(meant?.path ?? '') === false;
    if (beside)
      return { ...draft, suggestion: `indent ${namesOf(match)} below \`${lastOf(draft.lacks?.[0])}:\`` };
    const why = meant?.moved ? 'stands in the wrong place' : 'is no known key';
    const { line, column, endLine, endColumn, path, suggestion } = first;
    const subject = draft.message.startsWith(meant?.key ?? '') ? 'it' : meant?.key;
    const message = `${draft.message}; ${subject} ${why}`;
    return { ...draft, line, column, endLine, endColumn, path, message, suggestion };
  }
}

function namesOf(match: readonly Draft[]): string {
  const names = match.map(({ meant }) => meant?.key ?? '');
  if (names.length > NAMED_MAX) {
    return `${names.slice(0, NAMED_MAX - 1).join(', ')} and ${names.length - NAMED_MAX + 1} more keys`;
  }
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function placeOf(file: string, path: string): string {
  return `${file}\0${path}`;
}

/** Of `components.web.run.port` the map that holds it. */
function parentOf(path: string): string {
  return path.replace(/(?:\.|^)[^.[\]"]+$|\["(?:[^"\\]|\\.)*"\]$|\[\d+\]$/, '');
}

function lastOf(path = ''): string {
  return path.slice(parentOf(path).length).replace(/^\./, '');
}
