/** Why ours and the program's loader see a case differently. */
export const reasons = {
  'list for a text': 'The program stores a list where it wants a text as text, with marks of its own in it.',
  'value for a section':
    'The program drops a value where it wants a section: the section is off, or on with its defaults.',
  'list for a map': 'The program makes keys such as `a.[0].b` of a list of sections where it wants a text.',
  'order of a Go map': 'What the program does with a flag given twice depends on the order of a Go map.',
} as const;

/** The cases that differ, by version and kind. */
export const loadingExceptions: Readonly<Record<string, Readonly<Record<string, keyof typeof reasons>>>> = {
  'v2 edge': {
    'edge-089': 'list for a text',
    'edge-092': 'value for a section',
    'edge-108': 'order of a Go map',
  },
  'v2 generated': { 'gen-0418': 'list for a map', 'gen-0434': 'value for a section' },
  'v2 published': {
    'docs/content/contributing/data-collection.md#4': 'value for a section',
    'docs/content/contributing/data-collection.md#5': 'value for a section',
  },
  'v3 edge': { 'edge-089': 'list for a text', 'edge-092': 'value for a section' },
  'v3 generated': { 'gen-0159': 'value for a section' },
  'v3 published': {
    'docs/content/contributing/data-collection.md#7': 'value for a section',
    'docs/content/contributing/data-collection.md#8': 'value for a section',
  },
};
