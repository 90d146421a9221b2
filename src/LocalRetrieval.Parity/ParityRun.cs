namespace LocalRetrieval.Parity;

/// <summary>The checks of one encoder, as they are made.</summary>
internal sealed class ParityRun(EncoderInfo info, ParityCheckOptions options)
{
    private readonly List<ParityCheckResult> _checks = [];

    public EncoderInfo Info => info;

    /// <summary>The largest difference to an expected value.</summary>
    public float Tolerance => options.Tolerance ?? (info.IsHalfPrecision ? 2e-3f : 1e-4f);

    /// <summary>Notes a difference.</summary>
    public void Compare(string name, Deviation deviation, double tolerance) =>
        // Not a number is no difference that passes.
        _checks.Add(new ParityCheckResult(name, deviation.Largest <= tolerance, deviation.Message, deviation.Largest, tolerance));

    /// <summary>Notes whether something is as it should be.</summary>
    public void Expect(string name, bool passed, string message) => _checks.Add(new ParityCheckResult(name, passed, message));

    /// <summary>Notes whether what the encoder says of itself is what is expected; what is not expected of is not asked.</summary>
    public void Expect<T>(string name, T? expected, T? actual)
    {
        if (expected is not null)
        {
            Expect(name, EqualityComparer<T>.Default.Equals(expected, actual), $"'{actual}', expected '{expected}'");
        }
    }

    /// <summary>Makes checks; where the encoder throws, they failed.</summary>
    public async Task TryAsync(string name, Func<Task> check)
    {
        try
        {
            await check().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidDataException or InvalidOperationException or NotSupportedException or KeyNotFoundException)
        {
            Expect(name, false, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    public ParityReport Report(string? expectedValues) => new(info.ModelId, expectedValues, [.. _checks]);
}
