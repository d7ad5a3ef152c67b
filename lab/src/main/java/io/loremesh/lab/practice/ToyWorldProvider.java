package io.loremesh.lab.practice;

import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.trainer.dataset.Taught;
import io.loremesh.trainer.dataset.practice.Practice;
import io.loremesh.trainer.dataset.practice.PracticeProvider;

/** Names the practice for the profile of the demo base. */
public final class ToyWorldProvider implements PracticeProvider {

    @Override
    public String name() {
        return "toy-world";
    }

    @Override
    public Practice practice(Taught taught) {
        return new ToyWorldPractice(new World(WorldSeeds.DEMO), taught);
    }
}
