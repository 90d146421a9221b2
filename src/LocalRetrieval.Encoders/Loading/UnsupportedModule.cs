namespace LocalRetrieval.Encoders;

/// <summary>
/// The refusal of a module, or of a setting of one, that is read but not supported: told apart from damaged files, since a graph that pools by
/// itself can do without its modules.
/// </summary>
internal static class UnsupportedModule
{
    private static readonly object Mark = typeof(UnsupportedModule).FullName!;

    public static InvalidDataException Refusal(string message) => new(message) { Data = { [Mark] = true } };

    public static InvalidDataException Refusal(InvalidDataException refusal) => Refusal(refusal.Message);

    /// <summary>Whether an error is such a refusal.</summary>
    public static bool Is(InvalidDataException exception) => exception.Data.Contains(Mark);
}
