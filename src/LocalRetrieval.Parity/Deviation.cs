namespace LocalRetrieval.Parity;

/// <summary>The largest difference between numbers and what they should be.</summary>
internal sealed class Deviation
{
    private string? _worst;
    private int _compared;

    /// <summary>The largest absolute difference so far; infinite where lengths differ.</summary>
    public double Largest { get; private set; }

    public string Message => _worst ?? $"{_compared} compared";

    /// <summary>Compares the numbers of one text.</summary>
    public void Add(string name, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        _compared++;
        if (expected.Length != actual.Length)
        {
            Note(double.PositiveInfinity, $"{name} has {actual.Length} values, expected {expected.Length}");
            return;
        }

        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - actual[i]);
            if (!(difference <= Largest))
            {
                Note(difference, $"{name}, value {i}: {actual[i]}, expected {expected[i]}");
            }
        }
    }

    private void Note(double difference, string worst)
    {
        // Not a number is worse than any.
        if (!(difference <= Largest) && !double.IsNaN(Largest))
        {
            Largest = difference;
            _worst = worst;
        }
    }
}
