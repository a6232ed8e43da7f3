import { isMap, type Json, type JsonObject } from '../model/json.ts';
import type { Draft } from './diagnostic.ts';
import { diagnosticAt, type Finding } from './finding.ts';
import type { ParsedFile } from './source-file.ts';
import { isSet } from './value-at.ts';
import { kindOf } from './words.ts';

/** A file that is something else altogether; `undefined` when it is a map that may be a spec. */
export function notASpec(parsed: ParsedFile): Draft | undefined {
  const { value } = parsed;
  if (value === undefined) return undefined;
  if (!isMap(value)) return diagnosticAt(parsed, [], otherFile(value));
  return isTemplate(value) ? diagnosticAt(parsed, [], TEMPLATE) : undefined;
}

/** Keys of a webservice's service.template. */
const TEMPLATE_KEYS = ['backend', 'type', 'extra_args', 'canonical', 'cpu', 'mem'];

const TEMPLATE: Finding = {
  code: 'TFG105',
  message: 'this is a service.template (of `toolforge webservice`), not a toolforge.yaml',
  suggestion:
    'write the webservice as a component: its name under `components`, with `build` and `run` below',
};

function isTemplate(value: JsonObject): boolean {
  if (isSet(value, 'components') || isSet(value, 'source_url')) return false;
  return Object.keys(value).filter((key) => TEMPLATE_KEYS.includes(key)).length >= 2;
}

const BEGIN = 'begin with `components:`, and one named component indented below it';

function otherFile(value: Json): Finding {
  if (value === null) return { code: 'TFG008', message: 'the file is empty', suggestion: BEGIN };
  if (Array.isArray(value) && value.some((item) => isMap(item) && isSet(item, 'command'))) {
    return {
      code: 'TFG105',
      message: 'this is a jobs list (of `toolforge jobs load`), not a toolforge.yaml',
      suggestion: 'write each job as a component: its name under `components`, with `build` and `run` below',
    };
  }
  const message = `the file must be a map with \`components\`, not ${kindOf(value)}`;
  return { code: 'TFG105', message, suggestion: BEGIN };
}

/** A spec without components, unless the platform fetches it from elsewhere. */
export function missingComponents(parsed: ParsedFile): readonly Draft[] {
  const { value } = parsed;
  if (!isMap(value) || isSet(value, 'source_url')) return [];
  const { components } = value;
  if (components !== undefined && components !== null && !(isMap(components) && isEmpty(components)))
    return [];
  const suggestion = 'add `components:` with at least one named component';
  const message =
    components === undefined
      ? '`components` is missing, so nothing would run'
      : '`components` is empty, so nothing would run';
  return [
    diagnosticAt(parsed, ['components'], { code: 'TFG101', message, suggestion, lacks: [['components']] }),
  ];
}

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0;
}
