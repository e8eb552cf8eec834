import * as sdk from './v2.mjs';
import { play } from './scenario.mjs';

await play(sdk, process.argv[2], process.env);
