namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>What one part of the benchmark found.</summary>
/// <param name="Rows">The rows of the table.</param>
/// <param name="Setups">A line on how the twin was run; empty where there is none.</param>
internal sealed record EncoderPartResult(IReadOnlyList<Measurement> Rows, string Setups = "");
