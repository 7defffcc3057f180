// The page of the Assistant.

import { startComposer } from "./composer.js";
import { byId } from "./dom.js";
import { listenForCopies } from "./thread.js";

listenForCopies();
startComposer(byId("assistant"));
