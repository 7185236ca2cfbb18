"""Between the store and the journals: the only storey that knows both. `engine.Engine` is what wiring makes of it."""
