import { entry, files } from '@candor/playground';

if (!files[entry]?.includes('import')) throw new Error('no script');
console.log('ok');
