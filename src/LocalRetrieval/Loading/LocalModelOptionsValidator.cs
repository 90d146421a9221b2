using Microsoft.Extensions.Options;

namespace LocalRetrieval.Loading;

/// <summary>Refuses a model path that cannot be loaded.</summary>
internal sealed class LocalModelOptionsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : class, ILocalModelOptions
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        LocalModelPath.Problem(options) is { } problem ? ValidateOptionsResult.Fail($"{typeof(TOptions).Name}.{problem}") : ValidateOptionsResult.Success;
}
