namespace LocalRetrieval.Testing;

/// <summary>A program that is built beside the tests, such as a sample.</summary>
/// <param name="name">Its name.</param>
public sealed class ConsoleProgram(string name)
{
    /// <summary>Starts it.</summary>
    /// <param name="endpoint">The chat endpoint of its environment; null for none.</param>
    /// <param name="arguments">Its command line.</param>
    public ConsoleProcess Start(Uri? endpoint, params string[] arguments) => new(Path.Combine(AppContext.BaseDirectory, name), endpoint, arguments);

    /// <summary>Runs it to its end.</summary>
    /// <param name="endpoint">The chat endpoint of its environment; null for none.</param>
    /// <param name="arguments">Its command line.</param>
    public async Task<ConsoleResult> RunAsync(Uri? endpoint, params string[] arguments)
    {
        using ConsoleProcess process = Start(endpoint, arguments);
        return await process.CompleteAsync();
    }

    /// <summary>Runs it to its end, without a chat endpoint.</summary>
    public Task<ConsoleResult> RunAsync(params string[] arguments) => RunAsync(endpoint: null, arguments);
}
