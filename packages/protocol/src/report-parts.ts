/** The parts of each report beside the configuration, and why each is harmless. */
export const reportParts: readonly (readonly [name: string, what: string])[] = [
  ['id', 'random, new for each report'],
  ['product, version', 'what runs here'],
  ['fields', 'which list of fields it was made under'],
  ['hash', 'of the configuration, under a random key that is thrown away: it can be compared with nothing'],
  ['changed', 'whether the configuration changed since the last report'],
  ['first', 'whether it is the first report of the day, the week and the month'],
  ['age', 'how long it has been running here, in five steps: a day, a week, a month, a year, longer'],
];
