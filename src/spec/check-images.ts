import type { Build, BuildSource, Hold, ImageEntry, ImagesFile } from '../model/images-file.ts';
import { isComponentName } from '../model/names.ts';
import { isBlank } from './blank.ts';
import { type Diagnostic, isError } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import { folded } from './folded.ts';
import { type BuildText, type EntryText, imagesSchema } from './images-schema.ts';
import { mend } from './mend.ts';
import { parseYaml } from './parse-yaml.ts';
import { checkShape } from './shape.ts';
import type { ParsedFile, SourceFile } from './source-file.ts';
import { strictly } from './strictly.ts';
import { mapAt } from './value-at.ts';
import { quoted } from './words.ts';

export interface CheckedImages {
  /** `undefined` when there is an error. */
  readonly images: ImagesFile | undefined;
  /** For checks that look on: the entries that can be read in spite of errors. */
  readonly intact: ImagesFile | undefined;
  /** For checks that look on; `undefined` when there is no such file. */
  readonly parsed: ParsedFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export const NO_IMAGES: ImagesFile = { components: {} };

/** Reads images.yaml; without one nothing has been built yet. A key that is not known is an error here. */
export function checkImages(source: SourceFile | undefined): CheckedImages {
  if (source === undefined || isBlank(source)) {
    return { images: NO_IMAGES, intact: NO_IMAGES, parsed: undefined, diagnostics: [] };
  }
  const parsed = parseYaml(source);
  const { value, diagnostics: shape } = checkShape(parsed, imagesSchema);
  const diagnostics = [...strictly(folded(shape)), ...nameMistakes(parsed)];
  const readable = value ?? mend(parsed, imagesSchema)?.value;
  const entries = Object.entries(readable?.components ?? {}).filter(([name]) => isComponentName(name));
  const intact = readable && {
    components: Object.fromEntries(entries.map(([name, entry]) => [name, toEntry(entry)])),
  };
  const whole = value !== undefined && !diagnostics.some(isError);
  return { images: whole ? intact : undefined, intact, parsed, diagnostics };
}

/** Of the names as written, `__proto__` included. */
function nameMistakes(parsed: ParsedFile): readonly Diagnostic[] {
  const bad = Object.keys(mapAt(parsed.value, ['components']) ?? {}).filter((name) => !isComponentName(name));
  return bad.map((name) =>
    diagnosticAt(parsed, ['components', name], {
      code: 'TFG107',
      message: `a component cannot be called ${quoted(name)}`,
      at: 'key',
    }),
  );
}

function toEntry(entry: EntryText): ImageEntry {
  const { hold, waiting, previous } = entry;
  return {
    ...toBuild(entry),
    ...(hold && { hold: present<Hold>(hold) }),
    ...(waiting && { waiting: toBuild(waiting) }),
    ...(previous && { previous: previous.map(toBuild) }),
  };
}

function toBuild({ image, source, built_at, build_url }: BuildText): Build {
  return {
    image,
    ...(source && { source: present<BuildSource>(source) }),
    ...(built_at !== undefined && { built_at }),
    ...(build_url !== undefined && { build_url }),
  };
}

/** Without the keys that are not set. */
function present<T extends object>(entries: { readonly [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as T;
}
