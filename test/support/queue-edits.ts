import type { QueuedEdit } from '../../src/app/land-batch.ts';

/** Appends a line to a tool's log unless it is there, and answers how many lines it then had. */
export function appendEdit(tool: string, line: string): QueuedEdit<{ lines: number; made: boolean }> {
  let lines = 0;
  return {
    async run(head) {
      const path = `tools-config/${tool}/log.txt`;
      const [text = ''] = await head.read([path]);
      const has = text.split('\n').includes(line);
      lines = text.split('\n').length - (has ? 1 : 0);
      if (has) return undefined;
      const message = { subject: `${tool}: ${line}`, trailers: [{ key: 'Tool', value: tool }] };
      return { files: [{ path, text: `${text}${line}\n` }], message };
    },
    result: (made) => ({ lines, made }),
  };
}

export function failingEdit(error: unknown): QueuedEdit<never> {
  return {
    run: () => Promise.reject(error),
    result() {
      throw new TypeError('never asked for');
    },
  };
}
