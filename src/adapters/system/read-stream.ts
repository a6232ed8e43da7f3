/** More than any file that is asked for here. */
const MAX_BYTES = 1024 * 1024;

/** All of a stream as UTF-8 text, cut after 1 MiB: what reads it has a smaller limit and says so. */
export async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > MAX_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
