/** A code block of a page. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
}

/** Returns the fenced code blocks of a page in Markdown in its order, those in lists without their indentation. */
export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(/^( *)```(\w+)\n([^]*?)^\1```$/gm)].map(
    ([, indentation = '', language = '', text = '']) => ({
      language,
      text: text.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
    }),
  );
}
