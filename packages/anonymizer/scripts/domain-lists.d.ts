export const others: string[];
export const words: string[];
export const closedWords: string[];
