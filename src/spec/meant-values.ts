import { nearest } from '../model/nearest.ts';

/** What people write where the format knows a few words only. */

export const KINDS = ['continuous', 'scheduled', 'one-off'] as const;
type Kind = (typeof KINDS)[number];

const KIND_WORDS: Readonly<Record<string, Kind>> = {
  cron: 'scheduled',
  cronjob: 'scheduled',
  'cron-job': 'scheduled',
  job: 'scheduled',
  periodic: 'scheduled',
  schedule: 'scheduled',
  web: 'continuous',
  webservice: 'continuous',
  service: 'continuous',
  deployment: 'continuous',
  daemon: 'continuous',
  worker: 'continuous',
  bot: 'continuous',
  once: 'one-off',
  oneoff: 'one-off',
  'one-time': 'one-off',
};

/** The kind that a `component_type` most likely stands for. */
export function kindMeant(value: unknown): Kind | undefined {
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase().replaceAll('_', '-');
  const known = Object.hasOwn(KIND_WORDS, word) ? KIND_WORDS[word] : undefined;
  return known ?? (nearest(word, KINDS) as Kind | undefined);
}

export function adviseOnKind(value: unknown): string | undefined {
  const kind = kindMeant(value);
  return kind && `did you mean \`${kind}\`?`;
}

export function adviseOnPublish(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : '';
  if (typeof value === 'number' || /^\d+$/.test(text)) {
    return 'give the port as `port: 8000`, and write `publish: /`';
  }
  if (value === false || /^(?:no|none|off|false)$/i.test(text)) return 'remove `publish`';
  if (text.startsWith('/')) {
    return "write `/`: the component gets every path of the tool's address, this one too";
  }
  return "write `/`: the address is the tool's own, https://<tool>.<domain>/";
}

export function adviseOnEmails(value: unknown): string | undefined {
  const isAddress = typeof value === 'string' && value.includes('@');
  return isAddress ? "mails go to the tool's maintainers: say when, such as `onfailure`" : undefined;
}
