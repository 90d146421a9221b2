namespace LocalRetrieval.Encoders.Tests.Scheduling;

/// <summary>An encoder on a scheduler: each row is a number and gives it back.</summary>
internal sealed class TestEncoder
{
    private readonly RunScheduler _scheduler;

    public TestEncoder(RunScheduler scheduler, EchoBackend? backend = null, int budget = 2048, string modelId = "echo", long maxRunBytes = long.MaxValue)
    {
        _scheduler = scheduler;
        Backend = backend ?? new EchoBackend();
        Gate = new RunGate(typeof(TestEncoder));
        Target = new RunTarget(modelId, Backend, Gate, budget, TimeSpan.FromMilliseconds(50)) { MaxRunBytes = maxRunBytes };
    }

    public EchoBackend Backend { get; }

    public RunGate Gate { get; }

    public RunTarget Target { get; }

    /// <summary>Runs rows of numbers, each so many tokens long.</summary>
    public Task<float[]> RunAsync(int[] numbers, RunRequest? request = null, int tokens = 4, Action<int>? onRead = null, CancellationToken cancellationToken = default) =>
        RunAsync(numbers, _ => tokens, request, onRead, cancellationToken);

    /// <summary>Runs rows of numbers, each as many tokens long as a function says.</summary>
    public async Task<float[]> RunAsync(int[] numbers, Func<int, int> tokensOf, RunRequest? request = null, Action<int>? onRead = null, CancellationToken cancellationToken = default)
    {
        float[] results = new float[numbers.Length];
        TokenizedText[] rows = Array.ConvertAll(numbers, number => new TokenizedText([number, .. new int[tokensOf(number) - 1]], new int[tokensOf(number)], 0));
        ReadingCall<float[]> call = new(Target, rows, request ?? new RunRequest(), results, (state, row, output) =>
        {
            onRead?.Invoke(row);
            state[row] = output[0];
        });
        await _scheduler.RunAsync(call, cancellationToken);
        return results;
    }

    public void Dispose()
    {
        Gate.Close();
        _scheduler.Refuse(Target);
        Gate.Wait();
    }
}
