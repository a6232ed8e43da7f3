/**
 * Every diagnostic's code with its meaning, one a line; docs/diagnostics.md derives from it. A code is never reused.
 * 0xx file and YAML, 1xx shape, 2xx across fields, 3xx quota and limits, 4xx across tools, 5xx platform.yaml, tenant.yaml
 * and images.yaml, 6xx policy on rendered objects.
 */
export const CODES: Readonly<Record<`TFG${number}`, string>> = {
  TFG001: 'The file is no valid YAML.',
  TFG002: 'The file is larger than 256 KiB.',
  TFG003: 'A key stands twice in the same map.',
  TFG004: 'Aliases expand to too many values or levels.',
  TFG005: 'Lists and maps are nested too deep.',
  TFG006: 'The file holds more than one YAML document.',
  TFG007: 'The file is no UTF-8 text.',
  TFG008: 'The file is empty.',
  TFG009: 'YAML reads a key as a number, a truth value or null, not as text; quote it.',
  TFG010: 'A key is a list or map.',
  TFG011: 'A YAML tag is not supported or does not fit its value.',
  TFG012: 'An alias has no anchor, or is part of what it refers to.',
  TFG013: 'A merge key `<<` merges something that is no map.',
  TFG101: 'Something required is missing or empty.',
  TFG102: 'A value is of the wrong type.',
  TFG103: 'A value is none of those allowed, or has the wrong form.',
  TFG104: 'A number is out of range.',
  TFG105: 'The file is something else: a jobs list, or no map at all.',
  TFG106: 'A key is unknown and ignored (an error with `--strict`).',
  TFG107: 'A component has a name that Kubernetes does not take.',
  TFG108: 'A value is no CPU or memory quantity.',
  TFG109: 'An address is not valid, has a scheme that is not allowed, or holds a user name or password.',
  TFG110: '`build` has no source or several, or a key that does not go with its source.',
  TFG111: 'An environment variable has a name that is not allowed, or a value that is no text.',
  TFG112: 'A value is no image reference.',
  TFG501: 'The catalogue of builders is empty or names one badly, or the default is not in it.',
  TFG502: 'A key of `routes` goes with the other kind.',
  TFG503: 'The limits contradict each other: min ≤ default_request ≤ default ≤ max.',
  TFG521: 'An image in images.yaml has no digest.',
};
