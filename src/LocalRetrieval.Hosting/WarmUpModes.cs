namespace LocalRetrieval.Hosting;

/// <summary>Checks of <see cref="WarmUpMode"/>.</summary>
internal static class WarmUpModes
{
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public static void ThrowIfUndefined(WarmUpMode mode, string name)
    {
        if (!Enum.IsDefined(mode))
        {
            throw new ArgumentOutOfRangeException(name, mode, $"{name} is none of {string.Join(", ", Enum.GetNames<WarmUpMode>())}.");
        }
    }
}
