import * as sdk from './v1.mjs';
import { play } from './scenario.mjs';

await play(sdk, process.argv[2], process.env);
