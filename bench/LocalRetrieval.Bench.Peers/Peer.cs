namespace LocalRetrieval.Bench.Peers;

/// <summary>A library that embeds with all-MiniLM-L6-v2 in float32.</summary>
/// <param name="Name">How it is called in the results.</param>
/// <param name="Embed">Gives a vector for each text, as the library's own documentation calls it.</param>
internal sealed record Peer(string Name, Func<string[], Task<float[][]>> Embed);
