namespace LocalRetrieval.Bench.Throughput;

/// <summary>One way to do the same work.</summary>
/// <param name="Name">How it is called in the results.</param>
/// <param name="Run">Does all of the work once.</param>
/// <param name="Passes">How often it runs in a round; more than once where once is too short to be timed well.</param>
internal sealed record Contender(string Name, Func<Task> Run, int Passes = 1);
