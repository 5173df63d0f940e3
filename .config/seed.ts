import fc from 'fast-check';

// The property tests of every run try the same inputs, so that a run that fails fails again. `CANDOR_SEED=new` draws
// others; a number repeats a run that drew its own.
const { CANDOR_SEED } = process.env;
if (CANDOR_SEED !== 'new') fc.configureGlobal({ seed: Number(CANDOR_SEED ?? 1) });
