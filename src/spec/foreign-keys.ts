/** Keys of jobs.yaml and of other programs' files that have no counterpart here, with what to do instead. */
const ADVICE: Readonly<Record<string, { beside: string; text: string }>> = {
  name: { beside: 'command', text: 'remove it: the name is the key above `build` and `run`' },
  image: { beside: 'command', text: 'remove it: the image is what `build` says' },
  continuous: { beside: 'command', text: 'remove it, or write `component_type: continuous` beside `run`' },
  'no-filelog': { beside: 'filelog', text: 'remove it: no log files are written without `filelog: true`' },
  'filelog-no': { beside: 'filelog', text: 'remove it: no log files are written without `filelog: true`' },
  wait: {
    beside: 'command',
    text: 'remove it: what runs before each deploy is a one-off with `on_deploy: true`',
  },
  healthcheck: { beside: 'health_check_http', text: 'use `health_check_http` or `health_check_script`' },
  'health-check': { beside: 'health_check_http', text: 'use `health_check_http` or `health_check_script`' },
  args: { beside: 'command', text: 'write the arguments into `command`' },
  secrets: { beside: 'env', text: "put them in the tool's Secret `envvars`, which every component gets" },
};

/** What to do about a key that other formats have, on a level that has `keys`. */
export function adviceOn(name: string, keys: readonly string[]): string | undefined {
  const plain = name.slice(0, 100).toLowerCase().replaceAll('_', '-');
  const advice = Object.hasOwn(ADVICE, plain) ? ADVICE[plain] : undefined;
  return advice !== undefined && keys.includes(advice.beside) ? advice.text : undefined;
}
