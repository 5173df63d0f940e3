// Prints how long a cold import of the module named on the command line takes, in milliseconds.
const before = performance.now();
await import(process.argv[2]);
process.stdout.write(String(performance.now() - before));
