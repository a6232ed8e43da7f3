/** Whether a text is an http or https address that a browser opens, without anything in it that ends a line or a word. */
export function isWebUrl(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || /[\s\p{Cc}\p{Cf}"<>\\^`{|}]/u.test(text) || !URL.canParse(text))
    return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
