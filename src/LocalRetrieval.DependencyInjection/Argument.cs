using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LocalRetrieval.DependencyInjection;

/// <summary>Checks arguments inside of an expression.</summary>
internal static class Argument
{
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static T NotNull<T>([NotNull] T? value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value;
    }
}
