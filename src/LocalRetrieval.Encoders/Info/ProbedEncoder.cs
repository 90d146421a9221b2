namespace LocalRetrieval.Encoders;

/// <summary>What a probe must know of an encoder.</summary>
/// <param name="Counter">Counts and cuts in the model's tokens.</param>
/// <param name="RowTokens">The tokens of the row that a text is run as, such as those of a prompt included.</param>
/// <param name="MaxBatchTokens">The most padded tokens of a run of several rows of up to a length; 0 where not even one may be run.</param>
/// <param name="Run">Gives the numbers of each of some texts, run as one batch: [texts][numbers].</param>
internal sealed record ProbedEncoder(ITokenCounter Counter, Func<string, int> RowTokens, Func<int, int> MaxBatchTokens, Func<string[], CancellationToken, Task<float[][]>> Run);
