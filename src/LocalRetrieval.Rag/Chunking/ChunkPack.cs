namespace LocalRetrieval.Rag;

/// <summary>The units of one chunk.</summary>
/// <param name="Start">The first unit, which the chunk before may hold too.</param>
/// <param name="First">The first unit that no chunk before holds.</param>
/// <param name="End">The unit behind the last.</param>
/// <param name="Tokens">The chunk's tokens, its heading path included.</param>
internal readonly record struct ChunkPack(int Start, int First, int End, int Tokens);
