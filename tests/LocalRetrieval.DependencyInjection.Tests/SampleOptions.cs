using System.Linq.Expressions;

namespace LocalRetrieval.DependencyInjection.Tests;

/// <summary>A property of every kind.</summary>
internal sealed class SampleOptions
{
    public string? Text { get; set; }

    public bool Flag { get; set; }

    public int Count
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Count));
            field = value;
        }
    } = 3;

    public int? Limit { get; set; } = 5;

    public float Weight { get; set; }

    public double? Minimum { get; set; }

    public TimeSpan? Budget { get; set; }

    public DayOfWeek Day { get; set; }

    public IReadOnlyList<int>? Sizes { get; set; }

    public IReadOnlyList<string>? Names { get; set; }

    public SampleOptions? Nested { get; set; }

    public SampleOptions Required
    {
        get => field ??= new();
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Required));
            field = value;
        }
    }

    public Func<int, int>? Function { get; set; }

    public Expression<Func<int, int>>? Expression { get; set; }

    public IServiceProvider? Service { get; set; }

    public int ReadOnly { get; private set; }
}
