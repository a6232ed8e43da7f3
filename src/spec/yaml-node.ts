/** A YAML document as this product reads it: offsets kept, scalars resolved, nothing expanded yet. */

export type YamlNode = ScalarNode | MapNode | ListNode | AliasNode;

interface Span {
  /** Offset of the first UTF-16 unit; the end is exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Its text without quotes and escapes: what `value` was read from. */
  readonly text: string;
  /** Plain `<<`: merges the map beside it when it is a key. */
  readonly merge: boolean;
  readonly quoted: boolean;
}

export interface MapNode extends Span {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly pairs: readonly PairNode[];
}

export interface PairNode {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface ListNode extends Span {
  readonly kind: 'list';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

export interface AliasNode extends Span {
  readonly kind: 'alias';
  /** What its anchor names; the list is filled once the anchored node is complete. */
  readonly target: YamlNode | undefined;
}
